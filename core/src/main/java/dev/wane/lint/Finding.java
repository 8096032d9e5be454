package dev.wane.lint;

/**
 * One thing that a rule found.
 *
 * @param rule the rule's id, for example {@code inert-decay}
 * @param severity how much it matters
 * @param quantity what it is about, for example {@code weightDecay}: the reader of a file knows where that stands
 * @param message what was computed, with which numbers
 * @param fix what to write instead
 * @param source paper, documentation or definition
 */
public record Finding(String rule, Severity severity, String quantity, String message, String fix, String source) {}
