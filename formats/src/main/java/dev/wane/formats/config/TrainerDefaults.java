package dev.wane.formats.config;

/** Whose defaults a file with Hugging Face's arguments has. */
final class TrainerDefaults {
    private TrainerDefaults() {}

    /** Those of the trainer itself, or of ms-swift where a script starts that. */
    static Defaults of(Lookup root, Sources sources) {
        return Defaults.of(program(root), sources);
    }

    /** ms-swift accumulates to a batch of 16 where nothing is written. */
    static boolean swift(Lookup root) {
        return root.textOr("", "$command").matches("(.*/)?swift\\s.*");
    }

    private static String program(Lookup root) {
        if (!swift(root)) {
            return "transformers";
        }
        return root.textOr("lora", "tuner_type", "train_type").equals("full") ? "ms-swift-full" : "ms-swift";
    }
}
