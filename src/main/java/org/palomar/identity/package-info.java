/** The addresses a person writes from, with names and signatures. Uses html and mime to read what is typed, and the store. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "html", "account", "web", "tree", "store"})
@NullMarked
package org.palomar.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
