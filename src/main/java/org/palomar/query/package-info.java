/**
 * What a person types into the search field, and which messages of a lent mailbox match it. Uses mail and imap; it lies below
 * the search and the list, which both act on what was found.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap"})
@NullMarked
package org.palomar.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
