package model

// elseFor is what else could explain an event that touches a condition of a type: an officer rules each out, or finds it
// so. Source: the unit's reference notes 6, 8 and 10 (weaponised reports; attribution; lives or works near).
func elseFor(kind ConditionType, found BreachFound) []string {
	var out []string
	switch kind {
	case NoContact, NoThirdParty:
		out = []string{
			"the contact was allowed: through a solicitor, a court, or about children as the order says", "the number was recycled, withheld or spoofed, or somebody else used it",
			"the protected person began it, which is no permission but goes to what happened", "it was an emergency call, or a call made by mistake",
		}
	case NoPlace, NoArea, NoApproach:
		out = []string{
			"lives, works, signs on or is treated near there, or the road is the way there", "a chance meeting, left at once",
			"taken there by police, by ambulance or for court", "somebody else, or somebody else's vehicle",
		}
	case NoPublishing:
		out = []string{"the account is not the subject's, was taken over, or only looks like theirs", "an old post that was shown again", "it does not name or point to the protected person"}
	case NoSurveillance:
		out = []string{"the device is somebody else's, or was placed before the order", "a shared account or family sharing nobody ended"}
	case NoProceedings:
		out = []string{"the court gave leave", "an application by the other side, or one begun before the order"}
	case NoDevice, Surrender:
		out = []string{"the device belongs to somebody else at the address", "no request was made, or it was not understood"}
	case Curfew:
		out = []string{"work, hospital, arrest or an emergency", "the clock of the record is wrong"}
	case SignOn, Attend:
		out = []string{
			"it was done and nobody recorded it, or it was recorded elsewhere", "ill, in hospital, in custody or at court that day", "the station or the programme was closed, or had moved the appointment",
			"the time, the place or the appointment was not made clear",
		}
	case Tagged, OtherCondition:
		out = []string{"the act is allowed by the words of the condition"}
	}
	if found == FoundReport || found == FoundEvent {
		out = append(out, "a report by somebody in dispute with the subject, or who is mistaken: allegations are made both ways")
	}
	return out
}

// lookFor is which evidence would show it one way or the other, what is gone first named first.
func lookFor(kind ConditionType) []string {
	switch kind {
	case NoContact, NoThirdParty:
		return []string{"the message or call log on the protected person's device, as it stands", "call data for the number, and who held it", "a statement from whoever was contacted", "whether the subject had been told of the condition"}
	case NoPlace, NoArea, NoApproach, Curfew:
		return []string{"CCTV there (about 30 days)", "Oyster or bank card journeys (about 8 weeks)", "ANPR, and who drove", "where the subject lives, works and signs on", "a statement from whoever saw it"}
	case NoPublishing:
		return []string{"a capture of the post with its address and time", "who holds the account"}
	case NoSurveillance:
		return []string{"the device itself, seized and examined", "who bought it and which account it reports to"}
	case NoProceedings:
		return []string{"the application, its date and the court's leave"}
	case NoDevice, Surrender:
		return []string{"the device, or a photograph of it", "the record of the request and of the answer"}
	case SignOn, Attend:
		return []string{"the station's or the programme's own record of that day", "custody, hospital and court records of that day", "who told the subject where and when"}
	case Tagged, OtherCondition:
	}
	return []string{"whatever shows what was done, and that the subject knew the condition"}
}

// elseForDuty is what else could explain a notification that is missing.
func elseForDuty(duty Duty) []string {
	out := []string{
		"it was given at a station and never reached the desk: s.10 has it acknowledged in writing", "in custody, in hospital or abroad when it fell due",
		"notifies as a registered sex offender, which lifts the duty while it lasts (s.9(5)) and is not on record here",
	}
	switch duty {
	case DutyHome:
		return append(out, "a stay with somebody, not a change of the home address: sole or main residence (s.9(8))", "the source is wrong, old, or about somebody else at the address")
	case DutyName:
		return append(out, "a name others use, not one the subject uses", "a name notified at the first notification, or already known then", "a spelling or a clerk's error")
	case DutyInitial:
		return append(out, "service was not what the record says, or the duty was not explained")
	}
	return out
}

// lookForDuty is which evidence would show whether a duty was met.
func lookForDuty(duty Duty) []string {
	out := []string{"the station's notification record and the written acknowledgement", "the record of service, and that the duty was explained"}
	switch duty {
	case DutyHome:
		return append(out, "tenancy, benefits, post and deliveries: since when, and where the nights are spent", "a visit to the notified home")
	case DutyName:
		return append(out, "the document, account or statement in which the name was used, with its day")
	case DutyInitial:
	}
	return out
}
