"""Between the replica and the hub: nothing typed here is ever lost, and everybody sees one desk."""
