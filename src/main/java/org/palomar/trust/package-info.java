/**
 * Who a message is from, and what about it deceives: results of the checks of trusted servers, look-alikes, links, files; leaving
 * lists, and receipts. Lies below message, whose pages show it. Uses smtp for receipts and door to leave lists.
 */
@ApplicationModule(
        allowedDependencies = {
            "mail", "domain", "door", "imap", "mime", "html", "smtp", "account", "web", "tree", "reading"
        })
@NullMarked
package org.palomar.trust;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
