package dev.wane.formats.config;

/** What Ultralytics' {@code optimizer: auto} picks, by the iterations of the run; lr0 and momentum are not read then. */
final class UltralyticsAuto {
    private static final double LONG = 10_000;
    private static final double MOMENTUM = 0.9;

    private UltralyticsAuto() {}

    /** SGD for a long run (newer versions: MuSGD, whose other half it is), AdamW for a short one. */
    static void choose(Resolution.Builder to, double nominal) {
        double iterations = iterations(to, nominal);
        if (Double.isNaN(iterations)) {
            to.put(
                            "optimizer",
                            null,
                            new Origin.Unresolved(
                                    "auto takes SGD for more than 10,000 iterations and else AdamW: --dataset-size N"))
                    .put("learningRate", null, new Origin.Unresolved("optimizer: auto picks it; name an optimizer"))
                    .put("momentum", MOMENTUM, new Origin.DefaultOf("optimizer: auto"));
            return;
        }
        Origin why = new Origin.Computed("auto, for " + (long) iterations + " iterations");
        if (iterations > LONG) {
            to.put("optimizer", "SGD", new Origin.Computed(why.text() + " (newer versions: MuSGD)"))
                    .put("learningRate", 0.01, why);
        } else {
            to.put("optimizer", "AdamW", why)
                    .put(
                            "learningRate",
                            null,
                            new Origin.Unresolved("auto: 0.002 · 5 / (4 + classes); name an optimizer"));
        }
        to.put("momentum", MOMENTUM, why);
    }

    private static double iterations(Resolution.Builder to, double nominal) {
        Double data = to.number("datasetSize");
        Double batch = to.number("microBatchSize");
        Double epochs = to.number("epochs");
        return data == null || batch == null || epochs == null
                ? Double.NaN
                : Math.ceil(data / Math.max(batch, nominal)) * epochs;
    }
}
