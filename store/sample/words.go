package sample

import "pou/model"

func makes() []string {
	return []string{"Ford", "Vauxhall", "Volkswagen", "Toyota", "BMW", "Audi", "Mercedes", "Nissan", "Kia", "Honda", "Peugeot", "Renault", "Škoda", "Tesla", "Yamaha"}
}

func colours() []string {
	return []string{"black", "silver", "grey", "white", "blue", "red", "green"}
}

func nicknames() []string {
	return []string{"Ghost", "Smiler", "Tiny", "Red", "Ace", "Lucky", "Sparks", "Doc", "Skip", "Jazz", "Duke", "Biscuit", "Tek", "Fox", "Moose", "Buster", "Nines", "Switch"}
}

func lookNotes() []string {
	return []string{
		"brown hair, beard", "shaved head", "black hair, glasses", "grey hair", "tattoo on neck", "scar on left hand", "long hair tied back",
		"fair hair, clean shaven", "tattoo of a star on right wrist", "walks with a limp",
	}
}

func addressNotes() []string {
	return []string{
		"dog at the address", "rear access by an alley", "entry phone, no name on it", "mother lives there", "shared house, four rooms", "two children at the address",
		"steel gate before the door", "concierge until 22:00", "ground floor, garden behind",
	}
}

func courts() (magistrates, crown []string) {
	return []string{
			"Westminster Magistrates' Court", "Thames Magistrates' Court", "Stratford Magistrates' Court", "Highbury Corner Magistrates' Court",
			"Willesden Magistrates' Court", "Uxbridge Magistrates' Court", "Lavender Hill Magistrates' Court", "Wimbledon Magistrates' Court",
			"Croydon Magistrates' Court", "Bromley Magistrates' Court", "Bexley Magistrates' Court", "Barkingside Magistrates' Court",
		}, []string{
			"Inner London Crown Court", "Southwark Crown Court", "Snaresbrook Crown Court", "Wood Green Crown Court", "Harrow Crown Court",
			"Isleworth Crown Court", "Kingston Crown Court", "Croydon Crown Court", "Woolwich Crown Court",
		}
}

// prohibitions are conditions of the kinds the CPS guidance on SPOs lists, each with an event that may breach it.
func prohibitions() [][2]string {
	return [][2]string{
		{"Not to contact the protected person directly or indirectly by any means", "Eleven calls from a withheld number, then a message signed with the subject's first name"},
		{"Not to go within 100 metres of the protected person's home", "Neighbour reports the subject standing across the street for twenty minutes"},
		{"Not to enter the area marked on the attached map", "Vehicle used by the subject read twice inside the area on the map"},
		{"Not to go to the protected person's place of work", "Seen in the car park of the workplace at the end of the shift"},
		{"Not to refer to the protected person on any social media", "Post on a public account that names the protected person"},
		{"Not to contact the protected person's family or friends about them", "Letter to the sister of the protected person asking her to pass on a message"},
		{"Not to make or keep any image of the protected person", "Photographs of the protected person found in the cloud account of the subject"},
		{"Not to use a device to monitor or follow the movements of the protected person", "Tracker found under the wheel arch of the protected person's car"},
		{"Not to make any application to a court that names the protected person without leave", "Third family court application in two months that names the protected person"},
		{"Not to possess a device that cannot keep its browsing history", "Second handset with a private browser found during a visit"},
	}
}

func requirements() [][2]string {
	return [][2]string{
		{"Must sign on at the named police station every Monday between 09:00 and 18:00", "Did not sign on this Monday; no reason given"},
		{"Must attend the suitability assessment for an intervention programme", "Did not attend the second appointment of the assessment"},
		{"Must give police access to every device and account on request", "Refused to give the PIN of a handset during a visit"},
		{"Must register with police every device able to use the internet", "Unregistered tablet in use at the home address"},
		{"Must attend the alcohol treatment programme as directed", "Programme reports two missed sessions"},
	}
}

// charges are the offences people are wanted for; those that come first come more often.
func charges() [][]model.OffenceCode {
	return [][]model.OffenceCode{
		{"s4A"},
		{"s2A"},
		{"coercive"},
		{"s4A", "coercive"},
		{"s2"},
		{"abh", "coercive"},
		{"s4"},
		{"sexual-assault"},
		{"strangulation", "abh"},
		{"threats-to-kill", "s4A"},
		{"rape"},
		{"s4A", "threats-to-kill"},
		{"exposure"},
		{"s2A", "s2"},
		{"fta"},
		{"voyeurism"},
		{"s4-agg"},
		{"s2-agg"},
		{"gbh"},
	}
}

func reports() []string {
	return []string{
		"former partner, waits outside the address", "colleague, messages after being told to stop", "neighbour, repeated visits at night",
		"met once, has followed the victim-survivor to work since", "former partner, new accounts after each block", "stranger, three approaches at the same station",
		"former flatmate, threats by voice note", "family member, turns up at the school gate", "customer, gifts and letters to the workplace",
	}
}

func attemptNotes() map[model.Outcome][]string {
	return map[model.Outcome][]string{
		model.NoReply:     {"No reply, curtains drawn", "No reply, lights on upstairs", "No reply, post behind the door"},
		model.Refused:     {"Occupant would not open, says not seen for weeks", "Mother refused entry"},
		model.MadeOff:     {"Out of the rear window over the garden wall", "Seen at the corner, ran towards the station"},
		model.NotKnown:    {"Occupier has lived there a year, name not known", "Hostel has no record of the name"},
		model.Moved:       {"Moved out last month, left no address", "Landlord says keys were handed back"},
		model.SeenThere:   {"Seen at the window, no power of entry, containment not available", "Seen on the forecourt, lost in the crowd"},
		model.GotArrested: {"Arrested at the door, no force used", "Arrested in the street, handcuffed to the rear", "Arrested at work by arrangement with the manager"},
		model.OtherResult: {"Recalled to an emergency before the visit", "Works nights, try after 10:00"},
	}
}

func nextSteps() []string {
	return []string{"Try again at 05:30", "Ask the council who pays for the address", "Check the workplace", "Ask for phone enquiries", "Speak to the landlord", "Letterbox drop", ""}
}

func intelligence() []string {
	return []string{"Said to be staying with a cousin", "Uses the gym by the station in the evening", "New partner picks up by car on Fridays", "Works cash in hand at a car wash"}
}
