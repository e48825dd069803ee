/**
 * The people one writes to: kept, searched, suggested, collected, brought in and taken along. Uses mail, imap, mime, reading and vcard
 * for cards in messages, account, web, tree and store, settings for what was chosen, and outbox for what was sent.
 */
@ApplicationModule(
        allowedDependencies = {
            "mail",
            "imap",
            "mime",
            "reading",
            "vcard",
            "account",
            "web",
            "tree",
            "store",
            "settings",
            "outbox",
            "door"
        })
@NullMarked
package org.palomar.contacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
