/** Writing: the editor page, quoting, uploads, letters in work. Uses smtp only for the reasons why a message was not sent. */
@ApplicationModule(
        allowedDependencies = {
            "mail",
            "imap",
            "mime",
            "html",
            "smtp",
            "account",
            "web",
            "tree",
            "store",
            "settings",
            "reading",
            "trust",
            "drafts",
            "identity",
            "template",
            "outbox"
        })
@NullMarked
package org.palomar.compose;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
