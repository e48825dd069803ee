package org.palomar.door;

/**
 * Nothing came through the door. It is the same for an address that may not be opened, a port that is closed, one that is open and
 * says something else, and an answer that is too long or too late: nobody can learn from it what there is in our network (THREATS
 * S16).
 */
public final class ClosedException extends Exception {

    ClosedException() {
        super("not reachable");
    }
}
