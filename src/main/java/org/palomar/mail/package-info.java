/** The words: RFC terms as records. No framework, no input or output. Uses nothing. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.palomar.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
