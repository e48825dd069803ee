/** The product's own rows: one SQL database, H2 in a file or PostgreSQL, and its migrations. Uses nothing. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.palomar.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
