/** Contact files (vCard, RFC 6350), read and written; those in messages, to be shown. Uses mail, mime, and reading for the parts of a message. */
@ApplicationModule(allowedDependencies = {"mail", "mime", "reading"})
@NullMarked
package org.palomar.vcard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
