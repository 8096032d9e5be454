package dev.wane.formats.config;

/** A family of configuration files. */
interface ConfigFormat {
    /** The name used on the command line and in JSON. */
    String id();

    /** Whether a file is of this family, by what is in it. */
    boolean recognises(Lookup root);

    /** Resolves a file that {@link #recognises} accepted. */
    ResolvedConfig resolve(Sources sources);
}
