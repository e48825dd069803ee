/** Answers that a person writes again and again, kept to be put into letters. Uses html to read what is typed, and the store. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "html", "account", "web", "tree", "store"})
@NullMarked
package org.palomar.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
