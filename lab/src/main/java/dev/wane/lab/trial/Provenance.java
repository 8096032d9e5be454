package dev.wane.lab.trial;

/**
 * Which code and machine computed a result.
 *
 * @param code version of Wane
 * @param engine libtorch and its BLAS
 * @param java version of the JDK
 * @param cpu model name of the processor
 * @param system operating system and architecture
 * @param process id of the process that computed it
 */
public record Provenance(String code, String engine, String java, String cpu, String system, String process) {}
