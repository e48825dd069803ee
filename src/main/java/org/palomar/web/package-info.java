/** What every page needs: errors, security headers, htmx, converters, paging. Uses mail. */
@ApplicationModule(allowedDependencies = {"mail", "imap"})
@NullMarked
package org.palomar.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
