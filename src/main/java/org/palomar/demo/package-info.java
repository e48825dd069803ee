/** An embedded mail server with a story in it; only with the demo profile. Uses mail. */
@ApplicationModule(allowedDependencies = {"mail"})
@NullMarked
package org.palomar.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
