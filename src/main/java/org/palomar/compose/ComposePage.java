package org.palomar.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.identity.Identity;
import org.palomar.web.Reader;

/**
 * The editor.
 *
 * @param titleKey message key of the heading
 * @param who whom it answers, or null
 * @param from the address of the account
 * @param senders whom it can go out from
 * @param pictures files that belong to the quoted HTML, and go along only when that does
 * @param limit the largest size of all files together, as people write it
 * @param most the same in octets
 * @param fault why it was not sent, or null
 * @param answeredUrl path of the message shown beside, or null
 * @param backUrl where closing leads
 */
public record ComposePage(
        String titleKey,
        @Nullable String who,
        String from,
        List<Identity> senders,
        ComposeForm form,
        List<UploadRow> files,
        List<UploadRow> pictures,
        String limit,
        long most,
        @Nullable Fault fault,
        @Nullable String answeredUrl,
        String backUrl) {

    /**
     * What went wrong.
     *
     * @param key message key
     * @param detail untrusted text for the message's argument, may be empty
     */
    public record Fault(String key, String detail) {

        /** The detail as the message's only argument. */
        public List<String> args() {
            return List.of(detail);
        }
    }

    /**
     * A file at the message.
     *
     * @param size as people write it
     * @param octets the same
     * @param icon {@code file}, {@code image} ...
     */
    public record UploadRow(String id, String name, String size, long octets, String icon) {

        static UploadRow of(Upload file, Reader reader) {
            String icon = file.mediaType().startsWith("image/") ? "image" : "file";
            return new UploadRow(file.id(), file.name(), reader.size(file.size()), file.size(), icon);
        }
    }
}
