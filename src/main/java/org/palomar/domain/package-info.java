/** Names of domains: who they belong to, and which of them look like another. Pure functions. Uses nothing. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.palomar.domain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
