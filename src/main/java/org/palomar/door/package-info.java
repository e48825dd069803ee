/**
 * The one guarded door through which Palomar opens URLs that strangers wrote: to public addresses only, with caps on everything
 * and nothing that tells who asks. Uses nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.palomar.door;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
