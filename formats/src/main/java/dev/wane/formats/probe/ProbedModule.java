package dev.wane.formats.probe;

/**
 * A module without modules inside.
 *
 * @param name with dots
 * @param type its class
 */
public record ProbedModule(String name, String type) {}
