/** The only code that sees Angus: IMAP on the wire, one connection at a time. */
@NullMarked
package org.palomar.imap.angus;

import org.jspecify.annotations.NullMarked;
