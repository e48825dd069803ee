package org.palomar.e2e;

import com.microsoft.playwright.Locator;

final class SignInPage {

    private final Visitor visitor;

    SignInPage(Visitor visitor) {
        this.visitor = visitor;
        form().waitFor();
    }

    Locator form() {
        return visitor.testid("login-form");
    }

    Locator reason() {
        return form().locator("#reason");
    }

    void submit(String name, String password) {
        form().locator("[name=username]").fill(name + "@palomar.example");
        form().locator("[name=password]").fill(password);
        visitor.leave(() -> form().locator("[type=submit]").click());
    }

    ListPage signIn(String name, String password) {
        submit(name, password);
        return new ListPage(visitor);
    }
}
