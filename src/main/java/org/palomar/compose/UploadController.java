package org.palomar.compose;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.compose.ComposePage.UploadRow;
import org.palomar.imap.MailSession;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Files come up one by one while somebody writes; pictures among them are shown in the text. */
@Controller
class UploadController {

    private final Uploads uploads;
    private final ComposeProperties properties;

    UploadController(Uploads uploads, ComposeProperties properties) {
        this.uploads = uploads;
        this.properties = properties;
    }

    /** One file by script: answers with its row, or 422 with a sentence. Like every page it wants the key, not only the session. */
    @PostMapping("/compose/files")
    String upload(
            SignedIn person,
            MailSession session,
            @RequestParam MultipartFile attachments,
            Reader reader,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute("upload", UploadRow.of(uploads.keep(person, attachments), reader));
            return "compose/_file";
        } catch (Uploads.TooLarge _) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("fault", new Fault("compose.fault.files", properties.limit(reader)));
            return "compose/_fault";
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
