/** Palomar: web-mail for any IMAP server. */
@NullMarked
package org.palomar;

import org.jspecify.annotations.NullMarked;
