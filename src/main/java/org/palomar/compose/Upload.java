package org.palomar.compose;

import java.nio.file.Path;

/**
 * A file waiting to be attached.
 *
 * @param id random, the only way to name it
 * @param name safe for people and file systems
 * @param size octets
 */
record Upload(String id, String name, String mediaType, long size, Path content) {}
