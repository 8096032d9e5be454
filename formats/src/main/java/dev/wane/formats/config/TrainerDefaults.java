package dev.wane.formats.config;

/**
 * What a trainer with Hugging Face's arguments takes where nothing is written.
 *
 * @param program for people
 * @param microBatch samples per device
 * @param accumulates whether the accumulation is 1; else it is as many as make a batch of 16
 * @param learningRate peak
 * @param weightDecay λ
 * @param beta2 β₂
 * @param schedule by its name
 */
record TrainerDefaults(
        String program,
        double microBatch,
        boolean accumulates,
        double learningRate,
        double weightDecay,
        double beta2,
        String schedule) {

    /** Those of the trainer itself, or of ms-swift where a script starts that. */
    static TrainerDefaults of(Lookup root) {
        if (!root.textOr("", "$command").matches("(.*/)?swift\\s.*")) {
            return new TrainerDefaults("TrainingArguments", 8, true, 5e-5, 0, 0.999, "linear");
        }
        boolean full = root.textOr("lora", "tuner_type", "train_type").equals("full");
        return new TrainerDefaults("ms-swift", 1, false, full ? 1e-5 : 1e-4, 0.1, 0.95, "cosine");
    }
}
