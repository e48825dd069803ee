/** Messages as bytes: reading bodies out of parts, writing drafts into messages. Uses mail. */
@ApplicationModule(allowedDependencies = {"mail"})
@NullMarked
package org.palomar.mime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
