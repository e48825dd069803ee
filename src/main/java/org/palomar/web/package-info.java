/**
 * What every page needs: errors, security headers, htmx, converters, dates, flash messages. Uses mail, and imap because
 * one place turns its failures into pages.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap"})
@NullMarked
package org.palomar.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
