/** Who is signed in: sign-in, sealed credentials, the registry of mail sessions. Uses mail, imap and web. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "web"})
@NullMarked
package org.palomar.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
