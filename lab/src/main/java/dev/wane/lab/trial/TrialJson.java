package dev.wane.lab.trial;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Trials as JSON: one text for each value, so that it can be hashed, and back. */
public final class TrialJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private TrialJson() {}

    /** Keys sorted, no white space. */
    public static String canonical(TrialSpec spec) {
        return MAPPER.writeValueAsString(spec);
    }

    public static EngineTrialSpec spec(String json) {
        return MAPPER.readValue(json, EngineTrialSpec.class);
    }

    public static String of(TrialResult result) {
        return MAPPER.writeValueAsString(result);
    }

    public static TrialResult result(String json) {
        return MAPPER.readValue(json, TrialResult.class);
    }

    public static String of(Provenance provenance) {
        return MAPPER.writeValueAsString(provenance);
    }

    public static Provenance provenance(String json) {
        return MAPPER.readValue(json, Provenance.class);
    }
}
