/**
 * Reading one message or a whole exchange: parts, body frame, attachments. Uses listing for the order in which one message
 * follows another, threads for what belongs together, trust for who a message is from, and calendar, signature and vcard for what
 * a message brings besides its letter.
 */
@ApplicationModule(
        allowedDependencies = {
            "mail",
            "imap",
            "mime",
            "html",
            "account",
            "web",
            "tree",
            "reading",
            "listing",
            "threads",
            "remote",
            "settings",
            "calendar",
            "signature",
            "vcard",
            "trust"
        })
@NullMarked
package org.palomar.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
