/** The address book of a person on a CardDAV server (RFC 6352), kept in step in both directions. */
@NullMarked
package org.palomar.contacts.dav;

import org.jspecify.annotations.NullMarked;
