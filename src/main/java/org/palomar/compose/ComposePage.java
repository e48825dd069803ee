package org.palomar.compose;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The editor.
 *
 * @param titleKey message key of the heading
 * @param who whom it answers, or null
 * @param from the address it goes out from
 * @param limit the largest size of all files together, as people write it
 * @param fault why it was not sent, or null
 * @param fieldFaults message key and detail by field name
 * @param backUrl where closing leads
 */
public record ComposePage(
        String titleKey,
        @Nullable String who,
        String from,
        ComposeForm form,
        List<UploadRow> files,
        String limit,
        long limitBytes,
        @Nullable Fault fault,
        Map<String, Fault> fieldFaults,
        String backUrl) {

    /**
     * What went wrong.
     *
     * @param key message key
     * @param detail untrusted text for the message's argument, may be empty
     */
    public record Fault(String key, String detail) {}

    /**
     * A file at the message.
     *
     * @param icon {@code file}, {@code image} ...
     */
    public record UploadRow(String id, String name, String size, String icon) {}
}
