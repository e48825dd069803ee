package org.palomar.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept of a letter in work, as it is stored.
 *
 * @param files ids of its uploads, in order
 * @param who whom it answers as the heading says, or empty
 */
record KeptLetter(ComposeForm form, List<String> files, String who) {

    KeptLetter(@Nullable ComposeForm form, @Nullable List<String> files, @Nullable String who) {
        this.form = form == null ? ComposeForm.EMPTY : form;
        this.files = files == null ? List.of() : List.copyOf(files);
        this.who = who == null ? "" : who;
    }
}
