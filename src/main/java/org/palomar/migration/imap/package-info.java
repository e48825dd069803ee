/** Mail on another IMAP server (RFC 9051), read through the same gateway as everybody's own. */
@NullMarked
package org.palomar.migration.imap;

import org.jspecify.annotations.NullMarked;
