package org.palomar.contacts.dav;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.palomar.account.SignedIn;
import org.palomar.contacts.dav.DavClient.Book;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The address book of a person on a server: named, brought in step, left. */
@Controller
@WithTree
class ServerController {

    /** How long a page waits for it to be done. */
    private static final int PATIENCE = 20;

    private final Synchronizing synchronizing;

    ServerController(Synchronizing synchronizing) {
        this.synchronizing = synchronizing;
    }

    @GetMapping("/contacts/server")
    String show(SignedIn person, Reader reader, Model model) {
        AddressBook account = synchronizing.account(person.username()).orElse(null);
        model.addAttribute("account", account);
        model.addAttribute("running", synchronizing.isRunning(person.username()));
        model.addAttribute(
                "ended", account == null || account.ended() == null ? "" : reader.shortDate(account.ended()));
        return page(model, "", "", List.of(), "");
    }

    private static String page(Model model, String url, String username, List<Book> books, String fault) {
        model.addAttribute("url", url);
        model.addAttribute("username", username);
        model.addAttribute("books", books);
        model.addAttribute("fault", fault);
        return "contacts/server";
    }

    /** @param book path of the address book to be taken, or empty where there is only one */
    @PostMapping("/contacts/server")
    String connect(
            SignedIn person,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String book,
            HttpServletRequest request,
            Model model) {
        String address = Synchronizing.address(url);
        model.addAttribute("running", false);
        if (address == null
                || username.isBlank()
                || username.indexOf(':') >= 0
                || username.length() > 320
                || password.isEmpty()
                || password.length() > 500) {
            return page(model, url, username, List.of(), "address");
        }
        try {
            List<Book> books = synchronizing.books(address, username.strip(), password);
            List<Book> chosen = book.isEmpty()
                    ? books
                    : books.stream().filter(each -> each.path().equals(book)).toList();
            if (chosen.size() != 1) {
                return page(model, url, username, books, "");
            }
            synchronizing.connect(person.username(), address, username.strip(), password, chosen.getFirst());
            return now(person, request);
        } catch (DavException e) {
            return page(model, url, username, List.of(), Synchronizing.word(e.reason()));
        }
    }

    @PostMapping("/contacts/server/sync")
    String sync(SignedIn person, HttpServletRequest request) {
        return now(person, request);
    }

    private String now(SignedIn person, HttpServletRequest request) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread.ofVirtual().name("address-book").start(() -> {
            try {
                done.complete(synchronizing.now(person.username()));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        String state;
        try {
            state = done.get(PATIENCE, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            state = "running";
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            state = "running";
        }
        boolean fine = state.equals("ok") || state.equals("running");
        String key = "contacts.sync." + state;
        (fine ? Flash.ok(key) : Flash.danger(key)).keep(request.getSession());
        return "redirect:/contacts/server";
    }

    @PostMapping("/contacts/server/disconnect")
    String disconnect(SignedIn person, HttpServletRequest request) {
        synchronizing.disconnect(person.username());
        Flash.ok("flash.contacts.disconnected").keep(request.getSession());
        return "redirect:/contacts/server";
    }
}
