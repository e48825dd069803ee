/**
 * Signed and encrypted mail: S/MIME signatures (RFC 8551) checked over the octets that are shown, everything else named for what it
 * is. Decrypts nothing. Uses mail, imap for the octets, and mime to decode them.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime"})
@NullMarked
package org.palomar.signature;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
