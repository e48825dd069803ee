/** Submission of messages to the mail server. Uses mail and mime. */
@ApplicationModule(allowedDependencies = {"mail", "mime"})
@NullMarked
package org.palomar.smtp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
