/**
 * Invitations and events in messages: read, shown as cards, answered. Uses reading for the parts of a message and outbox to send
 * answers; message shows what it makes.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "smtp", "account", "web", "reading", "outbox"})
@NullMarked
package org.palomar.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
