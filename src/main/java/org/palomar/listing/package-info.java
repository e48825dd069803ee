/**
 * Messages as rows of a list: who, what, when, the first words; grouped by day. Uses mail, imap, mime, html, account and
 * web; it lies below the list, the search and the conversations, which all show such rows.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "html", "account", "web"})
@NullMarked
package org.palomar.listing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
