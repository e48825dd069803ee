/**
 * One message read out of a lent mailbox: its structure, its text, its parts, also where the server's account of it cannot
 * be used. Uses mail, imap, mime, and signature for content that was signed as a whole; it lies below reading and writing, which both need it.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "signature"})
@NullMarked
package org.palomar.reading;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
