package org.palomar.imap.angus;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the server said to one or more commands.
 *
 * @param untagged in the order in which it came, whatever command it belongs to
 * @param completions one per command, in the order of the commands
 */
record Answer(List<WireResponse> untagged, List<WireResponse> completions) {

    /** This answer, when every command succeeded; throws the right {@link org.palomar.imap.ImapException} otherwise. */
    Answer orThrow() {
        for (WireResponse completion : completions) {
            Failures.check(completion);
        }
        return this;
    }

    /** Whether every command succeeded. */
    boolean isOk() {
        return completions.stream().allMatch(WireResponse::isOK);
    }

    boolean isOk(int command) {
        return completions.get(command).isOK();
    }

    WireResponse completion() {
        return completions.getLast();
    }

    Stream<WireResponse> data(String key) {
        return untagged.stream().filter(r -> r.isData(key));
    }

    /** All response codes of that name, tagged and untagged. */
    Stream<ResponseCode> codes(String name) {
        return Stream.concat(untagged.stream(), completions.stream())
                .map(WireResponse::code)
                .filter(code -> code != null && code.is(name))
                .map(java.util.Objects::requireNonNull);
    }
}
