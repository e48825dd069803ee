/** Untrusted HTML and text made safe to show. Pure functions. Uses nothing. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.palomar.html;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
