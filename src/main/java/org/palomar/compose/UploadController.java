package org.palomar.compose;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.compose.ComposePage.UploadRow;
import org.palomar.imap.MailSession;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.palomar.web.SecurityHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Files come up one by one while somebody writes; pictures among them are shown in the text. */
@Controller
class UploadController {

    private static final Logger log = LoggerFactory.getLogger(UploadController.class);

    private final Uploads uploads;
    private final Pieces pieces;
    private final Terms terms;

    UploadController(Uploads uploads, Pieces pieces, Terms terms) {
        this.uploads = uploads;
        this.pieces = pieces;
        this.terms = terms;
    }

    /**
     * A file by script, whole or piece by piece: answers with its row once all is there, 202 when more is to come, 409 when another piece is
     * next, both with the octets received in {@code Upload-Offset}, or 422 with a sentence. Like every page it wants the key, not only the
     * session.
     */
    @PostMapping("/compose/files")
    @Nullable
    String upload(
            SignedIn person,
            MailSession session,
            @RequestParam MultipartFile attachments,
            @RequestParam(defaultValue = "") String transfer,
            @RequestParam(defaultValue = "0") long offset,
            @RequestParam(defaultValue = "0") long size,
            Reader reader,
            Model model,
            HttpServletResponse response) {
        try {
            Pieces.Progress progress = transfer.isEmpty()
                    ? new Pieces.Progress.Complete(uploads.keep(person, attachments))
                    : pieces.take(person, transfer, offset, size, attachments);
            return switch (progress) {
                case Pieces.Progress.Complete(Upload upload) -> {
                    model.addAttribute("upload", UploadRow.of(upload, reader));
                    yield "compose/_file";
                }
                case Pieces.Progress.Partial(boolean taken, long received) -> {
                    response.setStatus(taken ? HttpStatus.ACCEPTED.value() : HttpStatus.CONFLICT.value());
                    response.setHeader("Upload-Offset", Long.toString(received));
                    yield null;
                }
            };
        } catch (Uploads.TooLarge _) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("fault", new Fault("compose.fault.files", terms.words(reader)));
            return "compose/_fault";
        } catch (Uploads.NotKept failure) {
            log.warn("an upload was not kept: {}", failure.getMessage());
            response.setStatus(HttpStatus.INSUFFICIENT_STORAGE.value());
            model.addAttribute("fault", new Fault("compose.fault.room", ""));
            return "compose/_fault";
        } catch (IllegalArgumentException _) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
    }

    /** A picture, to the person who brought it and nobody else; nothing but pictures (S10, S29). */
    @GetMapping("/compose/files/{id}")
    void show(SignedIn person, @PathVariable String id, HttpServletResponse response) throws IOException {
        Upload picture = uploads.all(person, List.of(id)).stream()
                .filter(file -> Pictures.TYPES.contains(file.mediaType()))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("compose.fault.file"));
        response.setContentType(picture.mediaType());
        response.setHeader("Content-Security-Policy", SecurityHeaders.FILE);
        response.setHeader("Cache-Control", "private, max-age=3600");
        response.setContentLengthLong(picture.size());
        Files.copy(picture.content(), response.getOutputStream());
    }
}
