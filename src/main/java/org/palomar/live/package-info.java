/**
 * What happens to a person's mail, told to the pages they have open: server-sent events. Uses mail, imap and account. Events
 * say where something happened; pages then ask the controllers that they were made by.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account"})
@NullMarked
package org.palomar.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
