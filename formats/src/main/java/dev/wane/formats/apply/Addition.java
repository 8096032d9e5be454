package dev.wane.formats.apply;

/**
 * A number that nobody wrote, since the program's default was meant.
 *
 * @param quantity its name
 * @param key under which the program reads it, at the top of the file; dots lead into sections
 * @param after what it becomes
 */
public record Addition(String quantity, String key, double after) implements Change {}
