/**
 * Pictures from elsewhere, served by us: signed URLs, the fetch through the door, what is let through, a bounded cache. Uses mail,
 * door and web.
 */
@ApplicationModule(allowedDependencies = {"mail", "door", "web"})
@NullMarked
package org.palomar.remote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
