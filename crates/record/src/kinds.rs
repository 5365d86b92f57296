//! What Ampoule does with each resource type: who may open it, whose chart it belongs to, whether a page shows it.

/// True for what the front desk may open; everything else is clinical and needs the clinical scope.
///
/// A type this list does not know is clinical: the safe side.
pub fn is_administrative(resource_type: &str) -> bool {
    matches!(
        resource_type,
        "Account"
            | "Appointment"
            | "AppointmentResponse"
            | "Coverage"
            | "Endpoint"
            | "HealthcareService"
            | "InsurancePlan"
            | "Location"
            | "Organization"
            | "OrganizationAffiliation"
            | "Patient"
            | "Person"
            | "Practitioner"
            | "PractitionerRole"
            | "RelatedPerson"
            | "Schedule"
            | "Slot"
    )
}

/// True if a chart shows resources of this type in a section of their own; others are kept but not shown.
pub fn is_shown(resource_type: &str) -> bool {
    matches!(
        resource_type,
        "AllergyIntolerance"
            | "Composition"
            | "Condition"
            | "DiagnosticReport"
            | "DocumentReference"
            | "Encounter"
            | "Immunization"
            | "MedicationAdministration"
            | "MedicationDispense"
            | "MedicationRequest"
            | "MedicationStatement"
            | "Observation"
            | "Patient"
            | "Procedure"
    )
}

/// True for types that describe the world rather than a patient: never attached to the only patient of a file.
pub(crate) fn is_patientless(resource_type: &str) -> bool {
    matches!(
        resource_type,
        "ActivityDefinition"
            | "CapabilityStatement"
            | "CatalogEntry"
            | "ChargeItemDefinition"
            | "CodeSystem"
            | "CompartmentDefinition"
            | "ConceptMap"
            | "DeviceDefinition"
            | "EffectEvidenceSynthesis"
            | "Endpoint"
            | "EventDefinition"
            | "Evidence"
            | "EvidenceVariable"
            | "ExampleScenario"
            | "GraphDefinition"
            | "Group"
            | "HealthcareService"
            | "ImplementationGuide"
            | "InsurancePlan"
            | "Library"
            | "Location"
            | "Measure"
            | "Medication"
            | "MedicationKnowledge"
            | "MessageDefinition"
            | "NamingSystem"
            | "ObservationDefinition"
            | "OperationDefinition"
            | "OperationOutcome"
            | "Organization"
            | "OrganizationAffiliation"
            | "PlanDefinition"
            | "Practitioner"
            | "PractitionerRole"
            | "Questionnaire"
            | "ResearchDefinition"
            | "ResearchElementDefinition"
            | "ResearchStudy"
            | "RiskEvidenceSynthesis"
            | "Schedule"
            | "SearchParameter"
            | "Slot"
            | "SpecimenDefinition"
            | "StructureDefinition"
            | "StructureMap"
            | "Subscription"
            | "Substance"
            | "SubstanceNucleicAcid"
            | "SubstancePolymer"
            | "SubstanceProtein"
            | "SubstanceReferenceInformation"
            | "SubstanceSourceMaterial"
            | "SubstanceSpecification"
            | "TerminologyCapabilities"
            | "TestReport"
            | "TestScript"
            | "ValueSet"
    )
}
