package org.palomar.imap.angus;

import org.eclipse.angus.mail.iap.Argument;
import org.jspecify.annotations.Nullable;

/**
 * A command ready for the wire.
 *
 * @param text what follows the tag; holds nothing that came from a person except through {@code arguments}
 * @param arguments quoted or sent as literals by Angus, or null
 * @param change whether the server may have changed something when the answer is lost
 */
record Command(String text, @Nullable Argument arguments, boolean change) {

    static Command read(String text) {
        return new Command(text, null, false);
    }

    static Command read(String text, Argument arguments) {
        return new Command(text, arguments, false);
    }

    static Command change(String text, Argument arguments) {
        return new Command(text, arguments, true);
    }

    static Command change(String text) {
        return new Command(text, null, true);
    }
}
