/** Untrusted HTML and text made safe to show. Pure functions. Uses domain, to see where links go. */
@ApplicationModule(allowedDependencies = {"domain"})
@NullMarked
package org.palomar.html;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
